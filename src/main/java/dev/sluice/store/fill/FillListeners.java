package dev.sluice.store.fill;

import java.util.List;

import dev.sluice.oci.Digest;

/**
 * Several listeners as one.
 *
 * @param all whom to tell, in order
 */
record FillListeners(List<FillListener> all) implements FillListener {

	@Override
	public void begun() {
		this.all.forEach(FillListener::begun);
	}

	@Override
	public void resumed() {
		this.all.forEach(FillListener::resumed);
	}

	@Override
	public void mismatched(Digest wanted, Digest came, String upstream) {
		this.all.forEach((listener) -> listener.mismatched(wanted, came, upstream));
	}

	@Override
	public void ended(Outcome outcome, long fetched) {
		this.all.forEach((listener) -> listener.ended(outcome, fetched));
	}

}
