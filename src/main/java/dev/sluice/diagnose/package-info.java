/**
 * Why does it work, or not? The steps of a pull and the state of the upstreams as data:
 * printing is for others.
 * <p>
 * Start at {@link Doctor}, for all upstreams, or at {@link Explainer}, for one image.
 * {@link PullTrial} makes the requests of a pull, {@link WireRecord} keeps what was on
 * the wire, {@link Story} and {@link Summary} make findings of it, {@link Wording} puts
 * them in words. {@link PastedImage} finds the image in what people paste:
 * {@link PastedSecrets} hides what is a login, {@link PastedText} tells commands from
 * what is said. {@link PastedCommand} reads the one, {@link PastedNames} and
 * {@link PastedWords} the other.
 */
@NullMarked
package dev.sluice.diagnose;

import org.jspecify.annotations.NullMarked;
