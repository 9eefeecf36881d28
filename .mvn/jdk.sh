# Finds a JDK that the project can use, or says what to install. mvnw, quickstart and benchmark source this file:
# find_jdk NAME sets and exports JAVA_HOME.

jdk_oldest=21

# Prints the feature version of the JDK in folder $1, or nothing if there is no JDK.
jdk_version() {
  [ -x "$1/bin/javac" ] || return 0
  "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9][0-9]*\).*/\1/p'
}

# Prints the folders that may contain a JDK, the user's own choice first.
jdk_candidates() {
  [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
  on_path=$(command -v javac || true)
  [ -z "$on_path" ] || dirname "$(dirname "$(readlink -f "$on_path")")"
  for folder in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* "$HOME"/.jabba/jdk/* \
    /opt/java/* /opt/homebrew/opt/openjdk* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ ! -d "$folder" ] || echo "$folder"
  done
}

find_jdk() {
  jdk_list=$(jdk_candidates)
  while IFS= read -r folder; do
    version=$(jdk_version "$folder")
    if [ "${version:-0}" -ge "$jdk_oldest" ]; then
      JAVA_HOME=$folder
      export JAVA_HOME
      return 0
    fi
  done <<EOF
$jdk_list
EOF
  echo "$1: there is no JDK $jdk_oldest or newer in JAVA_HOME, on the PATH or in the usual folders." >&2
  echo "$1: install one, for example openjdk-21-jdk or Temurin (https://adoptium.net), or set JAVA_HOME." >&2
  return 1
}
