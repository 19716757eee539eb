/**
 * Talks to one registry: settings, authorization, redirects, retries.
 * <p>
 * Start at {@link UpstreamClient}, which asks one registry. {@link LoginChoice} and
 * {@link Round} say as whom, {@link AuthorizedCaller} what follows a 401,
 * {@link PresentedLogins} what a refusal says of the login, {@link RedirectFollower}
 * where an answer leads, and what goes along. {@link UpstreamRequest} is all that is ever
 * sent. What comes back is a {@link Reply}: a refusal says itself what it means;
 * {@link StatusCheck} tells good answers from bad ones, {@link RangeCheck} looks at
 * parts, and {@link UpstreamAnswer} lets through of the headers ({@code Location}, and
 * the next page by {@link NextPage}) only what is well formed and repeats no secret.
 * {@link Described} is what it says of its content.
 */
@NullMarked
package dev.sluice.upstream;

import org.jspecify.annotations.NullMarked;
