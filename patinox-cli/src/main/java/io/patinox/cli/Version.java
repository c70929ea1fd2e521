package io.patinox.cli;

import picocli.CommandLine.IVersionProvider;

/// Answers `--version` with the version in the manifest of the jar, and the JVM it runs on.
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "patinox " + (version == null ? "(not packaged)" : version), "Java " + Runtime.version()
        };
    }
}
