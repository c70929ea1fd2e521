/// The machinery of guards and registries: the state of one resource
/// ([io.patinox.memory.resource.internal.Tracked]), the list of all of them
/// ([io.patinox.memory.resource.internal.LiveResources]), the engine that runs cleanups
/// ([io.patinox.memory.resource.internal.CleanupEngine]), and what closes a registry
/// ([io.patinox.memory.resource.internal.RegistryCloser]). Not exported.
@NullMarked
package io.patinox.memory.resource.internal;

import org.jspecify.annotations.NullMarked;
