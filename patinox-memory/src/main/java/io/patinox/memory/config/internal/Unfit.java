package io.patinox.memory.config.internal;

/// Says what a value would have to be. Carries no value, so that nothing secret gets into it.
final class Unfit extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unfit(String demand) {
        super(demand, null, false, false);
    }
}
