# Becomes a container's process: run-image.sh root|user ROOT TEMPORARY COMMAND...
# It runs in a mount namespace of its own; `user` is where root is only an ordinary user's name for
# itself. Like a kubelet's container with readOnlyRootFilesystem and an emptyDir at /tmp, which the files
# of TEMPORARY are copied to first.
set -eu
kind=$1
root=$2
temporary=$3
shift 3
path_of_image=$PATH
PATH=/usr/sbin:/usr/bin:/sbin:/bin

mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs tmpfs "$root/tmp"
cp -R "$temporary/." "$root/tmp"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
cd /
case $kind in
  root) set -- "$(command -v chroot)" --userspec=65532:65532 "$root" "$@" ;;
  user) set -- "$(command -v unshare)" --user --map-user=65532 --map-group=65532 --root="$root" "$@" ;;
esac
PATH=$path_of_image
exec "$@"
