package dev.sluice.token;

import dev.sluice.oci.RepositoryName;
import dev.sluice.transport.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What we want to do where: the key under which a challenge is remembered. Immutable.
 *
 * @param endpoint the registry's endpoint
 * @param repository the repository, or null for the catalog
 * @param operation what is done
 */
public record Access(Origin endpoint, @Nullable RepositoryName repository, Operation operation) {

}
