/**
 * Do the settings mean what they seem to? Whatever would be overlooked, or taken for
 * something else than a reader does, stops the start in one line.
 * <p>
 * Start at {@link SettingsCheck}: it runs the rules over all that was given, before
 * anything of it is used. {@link UnknownSettingRule} refuses names that don't exist,
 * {@link SettingVariables} does so of environment variables, {@link SpringNames} of
 * Spring Boot's own, {@link FileChoice} of a choice of files, {@link FixedSettingRule}
 * what is Sluice's own to decide, {@link ManagementRule} what would take health away.
 * What an upstream's values may be is in {@link SettingRules}, where Sluice may listen in
 * {@link ListenRule}, what its servers need for TLS in {@link TlsRule}: {@code wiring}
 * asks these. {@link SettingFailureAnalyzer} and {@link StartFailureReporter} make one
 * line of whatever is wrong.
 */
@NullMarked
package dev.sluice.settings.check;

import org.jspecify.annotations.NullMarked;
