package dev.sluice.token;

import dev.sluice.oci.RepositoryName;
import dev.sluice.transport.Origin;
import org.jspecify.annotations.Nullable;

/**
 * An action on a resource, in the words of the distribution spec's token authentication:
 * what is to be done in which repository of which registry. The key under which a
 * challenge is remembered. Immutable.
 *
 * @param endpoint the registry's endpoint
 * @param repository the repository, or null for the catalog and for the base
 * @param operation what is to be done there
 */
public record ResourceAction(Origin endpoint, @Nullable RepositoryName repository, Operation operation) {

}
