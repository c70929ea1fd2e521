package io.patinox.architecture.samples.pool;

import io.patinox.architecture.samples.share.Shared;

class PoolKnowsShare {
    Shared shared = new Shared();
}
