package io.patinox.memory.config.internal;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Asks the operating system for events in folders. An event says that it is worth looking, and
/// nothing else: which file, and what happened to it, is not believed.
///
/// A key is reset whatever happened; one that became invalid, since its folder is gone, is
/// forgotten and registered anew at the next [#arm]. Where the system refuses, because there is no
/// such service or a limit is reached, nothing is lost but time: the loader looks by itself again
/// and again, and [#failure()] says so. A refusal is tried again after a minute.
///
/// Armed by the loader's thread; the events are taken by a virtual thread.
public final class FolderWatch implements AutoCloseable {
    static final long RETRY_NANOS = 60_000_000_000L;

    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE,
    };

    private final String name;
    private final Opener opener;
    private final Runnable hint;
    private final Map<Path, WatchKey> keys = new ConcurrentHashMap<>();
    private final Map<Path, String> refused = new HashMap<>();
    private @Nullable WatchService service;
    private @Nullable Thread thread;
    private long refusedAt;
    private volatile @Nullable String failure;

    /// Opens the service of the operating system.
    @FunctionalInterface
    public interface Opener {
        /// Opens it.
        ///
        /// @return the service
        /// @throws IOException if there are too many already
        WatchService open() throws IOException;
    }

    /// Creates the watch; nothing is opened before [#arm].
    ///
    /// @param name the name of the thread
    /// @param opener opens the service
    /// @param hint is run after events; must neither block nor throw
    public FolderWatch(String name, Opener opener, Runnable hint) {
        this.name = name;
        this.opener = opener;
        this.hint = hint;
    }

    /// Watches exactly these folders from now on.
    ///
    /// @param folders the folders
    /// @param now the time
    public void arm(Set<Path> folders, long now) {
        if (failure != null && now - refusedAt >= RETRY_NANOS) {
            failure = null;
            refused.clear();
        }
        keys.forEach((folder, key) -> {
            if (!key.isValid() || !folders.contains(folder)) {
                key.cancel();
                keys.remove(folder);
            }
        });
        refused.keySet().retainAll(folders);
        for (Path folder : folders) {
            if (!keys.containsKey(folder) && !refused.containsKey(folder)) {
                register(folder, now);
            }
        }
        if (refused.isEmpty() && service != null) {
            failure = null;
        }
    }

    private void register(Path folder, long now) {
        if (service == null && failure != null) {
            return;
        }
        try {
            WatchService open = service == null ? open() : service;
            keys.put(folder, folder.register(open, KINDS));
        } catch (java.nio.file.NoSuchFileException | java.nio.file.NotDirectoryException gone) {
            // the next look finds another chain
        } catch (IOException | RuntimeException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            refused.put(folder, why);
            refusedAt = now;
            failure = why;
        }
    }

    private WatchService open() throws IOException {
        WatchService opened = opener.open();
        service = opened;
        thread =
                Thread.ofVirtual()
                        .name(name)
                        .inheritInheritableThreadLocals(false)
                        .start(() -> take(opened));
        return opened;
    }

    private void take(WatchService from) {
        try {
            while (true) {
                WatchKey key = from.take();
                try {
                    // an overflow, too, means: look
                    key.pollEvents();
                } finally {
                    key.reset();
                }
                hint.run();
            }
        } catch (ClosedWatchServiceException closed) {
            // the end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// {@return why there are no events for some folder, or null}
    public @Nullable String failure() {
        return failure;
    }

    int watched() {
        return keys.size();
    }

    /// Ends the thread and frees what the system holds.
    @Override
    public void close() {
        WatchService open = service;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException | RuntimeException e) {
            failure = "could not be closed: " + e.getClass().getSimpleName();
        }
        Thread taker = thread;
        if (taker != null) {
            taker.interrupt();
        }
    }
}
