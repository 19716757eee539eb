package dev.sluice.settings;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which cloud identities are used: {@code sluice.credentials.cloud}. Immutable.
 *
 * @param enabled whether any is
 * @param ecr for private ECR registries
 * @param ecrPublic for ECR Public
 * @param acr for Azure's registries
 * @param google for Artifact Registry and Container Registry
 */
public record CloudProperties(@DefaultValue("true") boolean enabled, @DefaultValue Identity ecr,
		@DefaultValue Identity ecrPublic, @DefaultValue Identity acr, @DefaultValue Switch google) {

	/**
	 * One identity.
	 *
	 * @param enabled whether it is used
	 * @param endpoint where it is asked for credentials, instead of the cloud's own
	 * endpoint
	 */
	public record Identity(@DefaultValue("true") boolean enabled, @Nullable URI endpoint) {
	}

	/**
	 * One identity, whose endpoints are in its own configuration.
	 *
	 * @param enabled whether it is used
	 */
	public record Switch(@DefaultValue("true") boolean enabled) {
	}

}
