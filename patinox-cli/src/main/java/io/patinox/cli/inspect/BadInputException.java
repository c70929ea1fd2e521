package io.patinox.cli.inspect;

/// Something the user gave can't be used; the message is one sentence that says what and why.
final class BadInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadInputException(String message) {
        super(message);
    }
}
