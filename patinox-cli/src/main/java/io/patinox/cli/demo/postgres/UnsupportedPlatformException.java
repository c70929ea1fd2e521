package io.patinox.cli.demo.postgres;

/// No PostgreSQL is packed for this operating system and processor.
public final class UnsupportedPlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsupportedPlatformException(String osName, String osArch) {
        super(
                "There is no embedded PostgreSQL for "
                        + osName
                        + " on "
                        + osArch
                        + "; give a database of your own with --jdbc-url.");
    }
}
