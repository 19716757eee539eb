package dev.sluice.wiring;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import dev.sluice.credential.CredentialChangeListener;
import dev.sluice.credential.cloud.CloudCalls;
import dev.sluice.credential.cloud.CloudIdentity;
import dev.sluice.credential.cloud.CloudRuns;
import dev.sluice.credential.cloud.CloudSource;
import dev.sluice.credential.cloud.MetadataHosts;
import dev.sluice.credential.cloud.aws.AwsIdentities;
import dev.sluice.credential.cloud.aws.EcrIdentity;
import dev.sluice.credential.cloud.aws.EcrPublicIdentity;
import dev.sluice.credential.cloud.azure.AcrIdentity;
import dev.sluice.credential.cloud.google.GoogleIdentity;
import dev.sluice.settings.CloudProperties;
import dev.sluice.settings.Home;
import dev.sluice.settings.ProcessEnvironment;
import dev.sluice.transport.Network;

/**
 * The credentials that clouds give, closed with the context. Nobody is asked until one is
 * wanted.
 */
final class CloudSources implements AutoCloseable {

	private final CloudRuns runs = new CloudRuns(CloudRuns.TIMEOUT);

	private final CloudCalls services;

	private final CloudCalls metadata;

	private final ProcessEnvironment environment;

	private final List<CloudSource> sources;

	/**
	 * Makes ready what is turned on.
	 * @param properties which ones
	 * @param environment the environment variables, in which clouds say who we are
	 * @param network what the process shares
	 * @param clock the time by which credentials expire
	 * @param listener told of credentials that others took the place of
	 */
	CloudSources(CloudProperties properties, ProcessEnvironment environment, Network network, InstantSource clock,
			CredentialChangeListener listener) {
		this.environment = environment;
		this.services = CloudCalls.toServices(network);
		this.metadata = CloudCalls.toMetadata(network, MetadataHosts.of(environment.variables()));
		this.sources = identities(properties, clock).stream()
			.map((identity) -> new CloudSource(identity, this.runs, clock, listener))
			.toList();
	}

	List<CloudSource> all() {
		return this.sources;
	}

	private List<CloudIdentity> identities(CloudProperties properties, InstantSource clock) {
		List<CloudIdentity> identities = new ArrayList<>();
		if (!properties.enabled()) {
			return identities;
		}
		AwsIdentities aws = new AwsIdentities(this.environment.variables(),
				Home.directory(this.environment.variables()), this.metadata);
		if (properties.ecr().enabled()) {
			identities.add(new EcrIdentity(aws, this.services, properties.ecr().endpoint()));
		}
		if (properties.ecrPublic().enabled()) {
			identities.add(new EcrPublicIdentity(aws, this.services, properties.ecrPublic().endpoint()));
		}
		if (properties.acr().enabled()) {
			identities.add(new AcrIdentity(this.environment.variables(), this.services, this.metadata, clock,
					properties.acr().endpoint()));
		}
		if (properties.google().enabled()) {
			identities.add(new GoogleIdentity(this.environment.variables(),
					Home.directory(this.environment.variables()), this.services, this.metadata, clock));
		}
		return identities;
	}

	@Override
	public void close() {
		this.runs.close();
		this.services.close();
		this.metadata.close();
	}

}
