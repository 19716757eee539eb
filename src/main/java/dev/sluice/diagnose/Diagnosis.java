package dev.sluice.diagnose;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

import dev.sluice.credential.SourceState;
import dev.sluice.route.Router;

/**
 * Who finds out what is wrong. Immutable; thread-safe.
 *
 * @param doctor looks at upstreams
 * @param explainer looks at one image
 */
public record Diagnosis(Doctor doctor, Explainer explainer) {

	/**
	 * Makes both.
	 * @param router finds the registry of an image
	 * @param clients makes clients
	 * @param sources how the credential sources are now
	 * @param clock the time
	 * @return the diagnosis
	 */
	public static Diagnosis of(Router router, TracedClients clients, Supplier<List<SourceState>> sources,
			InstantSource clock) {
		Wording wording = new Wording(clock);
		Explainer explainer = new Explainer(router, clients, wording);
		return new Diagnosis(new Doctor(clients, explainer, sources, wording), explainer);
	}

}
