# Sourced by mvnw and patinox: leaves JAVA_HOME, exported, at a JDK 25 or newer, or ends the script
# with one sentence. Exactly 25 is preferred to newer ones, except that a JAVA_HOME that fits is kept.
# Versions are read from the JDK's "release" file; java is started only where there is none.
# PATINOX_SYSTEM_ROOT stands before every system folder below, so that tests can bring their own.

# Sets jdk_version to the major version of the JDK in folder $1, and to nothing if it is none.
patinox_jdk_version() {
    jdk_version=
    [ -f "$1/bin/java" ] && [ -x "$1/bin/java" ] && [ -f "$1/bin/javac" ] && [ -x "$1/bin/javac" ] || return 0
    jdk_line=
    if [ -r "$1/release" ]; then
        while IFS= read -r jdk_line || [ -n "$jdk_line" ]; do
            case $jdk_line in JAVA_VERSION=*) break ;; esac
            jdk_line=
        done <"$1/release"
    fi
    [ -n "$jdk_line" ] || jdk_line=$("$1/bin/java" -version 2>&1 | grep -m 1 ' version "') || return 0
    jdk_line=${jdk_line#*\"}
    jdk_version=${jdk_line%%[!0-9]*}
}

# Considers folder $1: an exact match ends the search, a newer one is kept in reserve.
patinox_jdk_consider() {
    [ -z "$jdk_found" ] || return 0
    patinox_jdk_version "$1"
    if [ "${jdk_version:-0}" -eq 25 ]; then
        jdk_found=$1
    elif [ "${jdk_version:-0}" -gt 25 ] && [ -z "$jdk_newer" ]; then
        jdk_newer=$1
    fi
}

# Considers the JDK that the command on the path belongs to, behind any symbolic links.
patinox_jdk_consider_path() {
    jdk_command=$(command -v javac) || return 0
    while [ -L "$jdk_command" ]; do
        jdk_link=$(readlink "$jdk_command") || return 0
        case $jdk_link in
            /*) jdk_command=$jdk_link ;;
            *) jdk_command=$(dirname "$jdk_command")/$jdk_link ;;
        esac
    done
    jdk_home=$(dirname "$(dirname "$jdk_command")")
    # a folder without a release file is a version manager's shim, asked at the very end
    [ ! -r "$jdk_home/release" ] || patinox_jdk_consider "$jdk_home"
}

# Considers what the java on the path says of itself: this sees through version managers' shims.
patinox_jdk_consider_shim() {
    jdk_home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p') || return 0
    [ -z "$jdk_home" ] || patinox_jdk_consider "$jdk_home"
}

patinox_jdk_search() {
    jdk_root=${PATINOX_SYSTEM_ROOT:-}
    while IFS= read -r jdk_home; do
        [ -z "$jdk_home" ] || patinox_jdk_consider "$jdk_home"
    done <<END
$(env | sed -n 's/^JAVA_HOME_25_[A-Za-z0-9_]*=//p')
END
    patinox_jdk_consider_path
    for jdk_home in \
        "$jdk_root"/usr/lib/jvm/* "$jdk_root"/usr/lib64/jvm/* "$jdk_root"/usr/java/* \
        "$jdk_root"/opt/*jdk* "$jdk_root"/opt/java* "$jdk_root"/opt/java/* \
        "$jdk_root"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$jdk_root"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$jdk_root"/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$jdk_root"/home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
        "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
        "${HOME:-}"/.gradle/jdks/* "${HOME:-}"/.gradle/jdks/*/Contents/Home \
        "${ASDF_DATA_DIR:-${HOME:-}/.asdf}"/installs/java/* \
        "${MISE_DATA_DIR:-${XDG_DATA_HOME:-${HOME:-}/.local/share}/mise}"/installs/java/*; do
        patinox_jdk_consider "$jdk_home"
    done
    [ -n "$jdk_found$jdk_newer" ] || patinox_jdk_consider_shim
    [ -n "$jdk_found" ] || jdk_found=$jdk_newer
}

jdk_found= jdk_newer= jdk_version= jdk_given=
if [ -n "${JAVA_HOME:-}" ]; then
    patinox_jdk_version "$JAVA_HOME"
    if [ "${jdk_version:-0}" -ge 25 ]; then
        jdk_found=$JAVA_HOME
    elif [ -n "$jdk_version" ]; then
        jdk_given="JAVA_HOME ($JAVA_HOME) is Java $jdk_version"
    elif [ -d "$JAVA_HOME" ]; then
        jdk_given="JAVA_HOME ($JAVA_HOME) is no JDK: it has no bin/javac"
    else
        jdk_given="JAVA_HOME ($JAVA_HOME) is no folder"
    fi
fi
if [ -z "$jdk_found" ]; then
    patinox_jdk_search
    if [ -z "$jdk_found" ]; then
        echo "Patinox needs JDK 25 or newer and found none${jdk_given:+ ($jdk_given)}: install one, for example Eclipse Temurin 25, and type: JAVA_HOME=/path/to/jdk-25 $0${*:+ $*}" >&2
        exit 1
    fi
    [ -z "$jdk_given" ] || echo "$jdk_given; passed over for $jdk_found" >&2
fi
JAVA_HOME=$jdk_found
export JAVA_HOME
