/**
 * Which registry and repository is meant? A lookup in a closed list of exact names.
 * <p>
 * Start at {@link Router}: {@code ns} decides, else the {@code Host} header, else the
 * first path segment, else the default. {@link RegistryList} is the closed list that all
 * of them are looked up in, {@link ClaimedHosts} its part for {@code Host}.
 * {@link Wanted} is what a request says, {@link Target} what it means.
 */
@NullMarked
package dev.sluice.route;

import org.jspecify.annotations.NullMarked;
