# Sourced by mvnw and patinox: leaves JAVA_HOME at a JDK 25 or newer.
if [ -z "${JAVA_HOME:-}" ]; then
  for d in /usr/lib/jvm/*25* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [ -x "$d/bin/javac" ]; then JAVA_HOME=$d; export JAVA_HOME; break; fi
  done
fi
