/**
 * As whom registries are asked, through the real program: every source of credentials,
 * and what becomes of those that are refused.
 */
@NullMarked
package dev.sluice.login;

import org.jspecify.annotations.NullMarked;
