package io.patinox.architecture.samples.error;

import io.patinox.architecture.samples.monitor.Seen;

class ErrorKnowsMonitor {
    Seen seen = new Seen();
}
