package io.patinox.benchmarks.door;

/// The command line asks for something that does not exist. The message is one sentence that names
/// the option, the value and the way out; the process ends with exit code 2.
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param message the sentence to print
    public UsageException(String message) {
        super(message);
    }
}
