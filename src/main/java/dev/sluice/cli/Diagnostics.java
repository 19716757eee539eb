package dev.sluice.cli;

import java.util.Collection;

import dev.sluice.diagnose.Diagnosis;
import dev.sluice.oci.RegistryName;

/**
 * A Sluice that serves nobody, started to find out what is wrong.
 */
public interface Diagnostics extends AutoCloseable {

	Diagnosis diagnosis();

	/**
	 * The registries worth looking at: the default one, those configured, and those that
	 * a credential names, except where it is the login of one of the former.
	 * @return their names, in that order
	 */
	Collection<RegistryName> upstreams();

	@Override
	void close();

}
