package io.patinox.benchmarks.config;

import java.util.List;
import java.util.concurrent.Executors;

/// A way to save that is measured.
///
/// @param label the name that the tables print
/// @param saver how a file is saved
/// @param repairer how a broken file is saved: as always, except where that would leave what is
///   broken
/// @param creator how the file comes into being
record SaveStyle(String label, Saver saver, Saver repairer, Saver creator) {

    /// At once, over the old content.
    static final SaveStyle TRUNCATE = of("truncate + write", Savers::truncate);

    /// To another file that is renamed.
    static final SaveStyle RENAME = of("temporary + rename", Savers::rename);

    /// With the old file as a backup.
    static final SaveStyle BACKUP = of("backup rename, vim", Savers::backup);

    /// By swapping a link.
    static final SaveStyle KUBERNETES =
            new SaveStyle(
                    "symlink swap, Kubernetes",
                    KubernetesVolume::save,
                    KubernetesVolume::save,
                    KubernetesVolume::save);

    /// By deleting the file first.
    static final SaveStyle RECREATE = of("delete + recreate", Savers::recreate);

    /// By adding to the file.
    static final SaveStyle APPEND =
            new SaveStyle("append", Savers::append, Savers::truncate, Savers::truncate);

    /// With a change of its permissions.
    static final SaveStyle PERMISSIONS = of("permission flip", Savers::permissions);

    /// With changes of its time.
    static final SaveStyle TOUCH = of("touch", Savers::touch);

    /// By two at once.
    static final SaveStyle EDITORS =
            of("two editors", Savers.editors(Executors.newVirtualThreadPerTaskExecutor()));

    /// Returns all of them, in the order in which they are printed.
    static List<SaveStyle> all() {
        return List.of(
                TRUNCATE,
                chunks(1),
                chunks(20),
                chunks(100),
                RENAME,
                BACKUP,
                KUBERNETES,
                RECREATE,
                APPEND,
                PERMISSIONS,
                TOUCH,
                EDITORS);
    }

    /// In pieces.
    static SaveStyle chunks(long pauseMillis) {
        return of("chunks, " + pauseMillis + " ms apart", Savers.chunked(pauseMillis));
    }

    private static SaveStyle of(String label, Saver saver) {
        return new SaveStyle(label, saver, saver, Savers::truncate);
    }
}
