# Finds a JDK that the project can use, or says what to install. mvnw, quickstart and benchmark source this file:
# find_jdk NAME sets and exports JAVA_HOME, and sets jdk_version to its feature release, such as 21.

jdk_oldest=21

# Takes the JDK in folder $1, if there is one and it is new enough.
jdk_take() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] || return 1
  jdk_version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9][0-9]*\).*/\1/p')
  [ "${jdk_version:-0}" -ge "$jdk_oldest" ] || return 1
  JAVA_HOME=$1
  export JAVA_HOME
}

# Prints the folder of the JDK on the PATH. Only javac itself knows: some managers, and macOS, put a
# program there that starts the real one.
jdk_on_path() {
  javac -J-XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

# Prints the folders where version managers and systems put JDKs, the user's own first.
jdk_usual_folders() {
  for folder in "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.gradle/jdks/* \
    "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* "$HOME"/.jabba/jdk/* \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/homebrew/opt/openjdk* /usr/local/opt/openjdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ ! -d "$folder" ] || echo "$folder"
  done
}

# Takes the first JDK that is new enough: the one in JAVA_HOME, on the PATH, in a usual folder.
jdk_search() {
  if [ -n "${JAVA_HOME:-}" ] && jdk_take "$JAVA_HOME"; then
    return 0
  fi
  if command -v javac >/dev/null && jdk_take "$(jdk_on_path)"; then
    return 0
  fi
  jdk_list=$(jdk_usual_folders)
  while IFS= read -r folder; do
    if jdk_take "$folder"; then
      return 0
    fi
  done <<EOF
$jdk_list
EOF
  return 1
}

find_jdk() {
  jdk_given=${JAVA_HOME:-}
  if ! jdk_search; then
    echo "$1: there is no JDK $jdk_oldest or newer in JAVA_HOME, on the PATH or in the usual folders." >&2
    echo "$1: install one, for example openjdk-21-jdk or Temurin (https://adoptium.net), or set JAVA_HOME." >&2
    return 1
  fi
  if [ -n "$jdk_given" ] && [ "$jdk_given" != "$JAVA_HOME" ]; then
    echo "$1: JAVA_HOME=$jdk_given is not a JDK $jdk_oldest or newer; using $JAVA_HOME." >&2
  fi
}
