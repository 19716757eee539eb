package dev.sluice.store.fill;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.sluice.oci.Digest;

/**
 * What was heard of fills, in order.
 */
final class HeardFills implements FillListener {

	private final List<String> events = new CopyOnWriteArrayList<>();

	List<String> events() {
		return this.events;
	}

	@Override
	public void begun() {
		this.events.add("begun");
	}

	@Override
	public void resumed() {
		this.events.add("resumed");
	}

	@Override
	public void mismatched(Digest wanted, Digest came, String upstream) {
		this.events.add(wanted + " was " + came + " at " + upstream);
	}

	@Override
	public void ended(Outcome outcome, long fetched) {
		this.events.add(outcome + " after " + fetched);
	}

}
