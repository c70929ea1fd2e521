package io.patinox.memory.pool.internal;

/// The engines, and the two states in which engine B frees a slot while nobody waits.
enum EngineKind {
    A {
        @Override
        FreeSlots slots(int count) {
            return new ControlWords(count);
        }
    },
    B_CALM {
        @Override
        FreeSlots slots(int count) {
            return new GatedSlots(count);
        }
    },
    B_ALERT {
        @Override
        FreeSlots slots(int count) {
            FreeSlots slots = new GatedSlots(count);
            slots.enter();
            slots.leave();
            return slots;
        }
    };

    abstract FreeSlots slots(int count);

    final FifoEngine engine(int count) {
        return new FifoEngine(slots(count));
    }
}
