package io.patinox.memory.resource;

/// What became of everything a registry ever acquired.
///
/// The counts are kept apart, and `open` is counted by walking the live resources, so that
/// [#holds()] is a check and not a definition. It is exact whenever nothing is being acquired or
/// cleaned up; in motion the walk may be off by what moves.
///
/// @param acquired resources acquired, among them those refused because the registry was closing
/// @param cleaned those whose cleanup returned
/// @param failed those whose cleanup threw
/// @param abandoned those whose cleanup did not end in time, or never began
/// @param detached those taken out of their guards
/// @param open those still there, or being cleaned up now
public record ResourceBalance(
        long acquired, long cleaned, long failed, long abandoned, long detached, long open) {

    /// {@return whether `acquired = cleaned + failed + abandoned + detached + open`}
    public boolean holds() {
        return acquired == cleaned + failed + abandoned + detached + open;
    }
}
