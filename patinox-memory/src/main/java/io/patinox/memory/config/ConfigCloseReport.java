package io.patinox.memory.config;

/// What the closing of a configuration came to.
///
/// @param ended whether its thread has ended
/// @param abandoned how many calls of user code, such as validations, were given up since the
///   configuration was built; they may still be running
public record ConfigCloseReport(boolean ended, long abandoned) {}
