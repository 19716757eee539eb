package dev.sluice.credential.dockerconfig;

/**
 * An entry of {@code auths} that can't be used. Immutable.
 *
 * @param address what it is for
 * @param problem what is wrong with it: a sentence without its end and without any secret
 */
record UnusableLogin(ServerAddress address, String problem) {
}
