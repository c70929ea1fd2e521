package io.patinox.benchmarks.door;

/// A fork could not be measured: the process failed, or what it measured threw. The run ends with
/// exit code 3, without a report, because a table with holes reads like a result.
public final class MeasurementException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Creates the exception.
    ///
    /// @param message what was measured and what happened
    /// @param cause the failure, where there is one
    public MeasurementException(String message, Throwable cause) {
        super(message, cause);
    }

    /// Creates the exception for a failure seen from outside, such as an exit code.
    ///
    /// @param message what was measured and what happened
    public MeasurementException(String message) {
        super(message);
    }
}
