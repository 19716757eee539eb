package dev.sluice.route;

import dev.sluice.oci.NamePath;
import org.jspecify.annotations.Nullable;

/**
 * All that a request says about which registry it means. Immutable, not validated.
 *
 * @param name the name in the path
 * @param ns the {@code ns} query parameter, or null
 * @param hostHeader the {@code Host} header, or null
 */
public record Wanted(NamePath name, @Nullable String ns, @Nullable String hostHeader) {

}
