package dev.sluice.upstream;

import java.time.Duration;
import java.util.List;

import dev.sluice.oci.Provenance;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RegistryName;

/**
 * Several listeners as one.
 *
 * @param all whom to tell, in order
 */
record UpstreamListeners(List<UpstreamListener> all) implements UpstreamListener {

	@Override
	public void asking(RegistryName upstream, Provenance from) {
		this.all.forEach((listener) -> listener.asking(upstream, from));
	}

	@Override
	public void answered(RegistryName upstream, String method, int status, Duration duration) {
		this.all.forEach((listener) -> listener.answered(upstream, method, status, duration));
	}

	@Override
	public void served(RegistryName upstream) {
		this.all.forEach((listener) -> listener.served(upstream));
	}

	@Override
	public void failed(RegistryName upstream, RegistryException cause) {
		this.all.forEach((listener) -> listener.failed(upstream, cause));
	}

}
