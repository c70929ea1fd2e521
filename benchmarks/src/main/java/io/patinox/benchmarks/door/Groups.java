package io.patinox.benchmarks.door;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/// The groups on the class path.
public final class Groups {

    private final List<Group> groups;

    /// Creates the list of groups to choose from.
    ///
    /// @param groups the groups
    public Groups(List<Group> groups) {
        this.groups = groups.stream().sorted(Comparator.comparing(Group::name)).toList();
    }

    /// Returns the groups that the service loader finds.
    ///
    /// @return the groups
    public static Groups load() {
        return new Groups(
                ServiceLoader.load(Group.class).stream().map(ServiceLoader.Provider::get).toList());
    }

    /// Returns the group of that name.
    ///
    /// @param name as typed
    /// @return the group
    /// @throws UsageException when there is none
    public Group named(String name) {
        return groups.stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new UsageException(
                                "There is no benchmark group '%s'; the groups are: %s."
                                        .formatted(name, names())));
    }

    /// Returns the names of all groups, as a sentence lists them.
    ///
    /// @return the names, separated by commas
    public String names() {
        return groups.stream().map(Group::name).collect(Collectors.joining(", "));
    }
}
