# Builds with Maven and shows which module is being built and how long the build has taken: on a terminal in one line
# that changes, elsewhere in a line for each module. quickstart and benchmark source this file.

# Prints $1 seconds as minutes:seconds.
build_time() {
  printf '%d:%02d' $(($1 / 60)) $(($1 % 60))
}

# Prints the modules that Maven has begun, by the log in file $1: 7 of 14: Operator
build_modules() {
  sed -n 's/^\[INFO\] Building \(.*[^ ]\)  *[^ ][^ ]*  *\[\([0-9]*\)\/\([0-9]*\)\]$/\2 of \3: \1/p' "$1"
}

# Shows the progress of the build. On a terminal the line is cut, so that it stays one.
build_tell() {
  build_modules "$build_log" >"$build_folder/build.modules"
  if [ -t 1 ]; then
    printf '\r  %.76s\033[K' \
      "$(build_time $(($(date +%s) - begin))) so far${last:+, $(build_time "$last") the last time}: $(
        tail -n 1 "$build_folder/build.modules"
      )"
  else
    sed -n "$((told + 1)),\$s/^/  /p" "$build_folder/build.modules"
    told=$(wc -l <"$build_folder/build.modules")
  fi
}

# Says in one line what is missing if the build in the log $2 failed for want of a network, else shows Maven's errors.
# $1 is the name of the script.
build_failure() {
  missing=$(sed -n 's/.*Could not transfer artifact \([^ ]*\) from.*/\1/p' "$2" | head -n 1)
  if [ -n "$missing" ]; then
    echo "$1: $missing is missing, and Maven could not download it: the first build needs a network. Log: $2" >&2
  elif grep -q '^mvnw:' "$2"; then
    grep '^mvnw:' "$2" >&2
  else
    grep '^\[ERROR\]' "$2" | head -n 20 >&2
    echo "$1: the build failed. Log: $2" >&2
  fi
}

# build NAME FOLDER MAVEN-ARGUMENT...: builds for the script NAME, and keeps log and duration in FOLDER.
build() {
  build_script=$1
  build_folder=$2
  shift 2
  build_log=$build_folder/build.log
  last=$(cat "$build_folder/build.seconds" 2>/dev/null || :)
  begin=$(date +%s)
  : >"$build_log" # It is read at once.
  (cd "$root" && exec ./mvnw -B -Dstyle.color=never "$@") >"$build_log" 2>&1 &
  maven=$!
  trap 'kill "$maven"; exit 130' INT # A background process does not get Ctrl-C.
  trap 'kill "$maven"; exit 143' TERM
  told=0
  while kill -0 "$maven" 2>/dev/null; do
    build_tell
    sleep 1
  done
  if [ -t 1 ]; then
    printf '\r\033[K'
  else
    build_tell
  fi
  trap - INT TERM
  if ! wait "$maven"; then
    build_failure "$build_script" "$build_log"
    return 1
  fi
  took=$(($(date +%s) - begin))
  echo "$took" >"$build_folder/build.seconds"
  echo "Built in $(build_time "$took")."
}

# Whether the programs "$2" are there, and no source is newer than file $1, the last build. Programs are jars without
# their ending, in one text. $3 is the script's own module.
build_is_current() {
  [ -f "$1" ] || return 1
  for program in $2; do
    [ -f "$root/$program.jar" ] || return 1
  done
  changed=$(cd "$root" && find pom.xml crds core contracts http sandbox operator services cli local/kube-api local/launcher \
    "$3" -newer "$1" -type f \( -name pom.xml -o -path '*/src/main/*' \) ! -path '*/target/*' | head -n 1)
  [ -z "$changed" ]
}

# build_programs NAME PROGRAMS MAVEN-ARGUMENT...: builds for the script NAME, of module local/NAME, unless PROGRAMS are
# current.
build_programs() {
  build_target=$root/local/$1/target
  build_stamp=$build_target/$1.stamp
  if build_is_current "$build_stamp" "$2" "local/$1"; then
    return 0
  fi
  build_name=$1
  shift 2
  echo "Building. The first build takes a few minutes and downloads dependencies."
  mkdir -p "$build_target"
  touch "$build_stamp.begun"
  build "$build_name" "$build_target" -Dmaven.test.skip package -am "$@"
  mv "$build_stamp.begun" "$build_stamp"
}
