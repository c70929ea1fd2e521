package io.patinox.architecture.samples.config;

import io.patinox.architecture.samples.share.Shared;

final class ConfigKnowsShare {
    Shared shared = new Shared();
}
