package dev.sluice.web;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

import dev.sluice.oci.OwnFault;
import dev.sluice.oci.Provenance;
import dev.sluice.oci.RegistryException;
import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RegistryRequest;
import dev.sluice.oci.RepositoryName;
import dev.sluice.pull.Origin;
import dev.sluice.pull.Pulled;
import dev.sluice.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * What is noted of one request while it is served, for its log line and the meters.
 * Written by the request's own signals, read when it is over.
 */
final class RequestRecord {

	private final long start = System.nanoTime();

	private final LongAdder bytes = new LongAdder();

	private volatile String operation = "other";

	private volatile @Nullable RegistryName registry;

	private volatile @Nullable RepositoryName repository;

	private volatile Provenance from = Provenance.NOWHERE;

	private volatile Origin origin = Origin.NONE;

	private volatile @Nullable Throwable cause;

	private volatile long firstByte = -1;

	private volatile boolean abandoned;

	void asked(RegistryRequest request) {
		this.operation = request.getClass().getSimpleName().toLowerCase(Locale.ROOT);
	}

	void registry(RegistryName name) {
		this.registry = name;
	}

	void target(Target target) {
		this.registry = target.registry();
		this.repository = target.repository();
	}

	void pulled(Pulled pulled) {
		this.from = pulled.notes().from();
		this.origin = pulled.origin();
	}

	/**
	 * The first cause counts, those that follow from it don't. What is told in place of
	 * an answer is Sluice's own.
	 */
	void failed(Throwable failure) {
		if (this.firstByte < 0) {
			this.origin = Origin.NONE;
		}
		if (this.cause != null) {
			return;
		}
		this.cause = failure;
		if (failure instanceof RegistryException known) {
			this.from = known.provenance().orElse(this.from);
		}
		if (failure instanceof OwnFault fault) {
			this.from = fault.provenance();
			this.cause = fault.unforeseen();
		}
	}

	void committed() {
		this.firstByte = millis();
	}

	/** The client went before it had the whole body. */
	void abandoned() {
		this.abandoned = true;
	}

	void sent(long count) {
		this.bytes.add(count);
	}

	String operation() {
		return this.operation;
	}

	Optional<RegistryName> registry() {
		return Optional.ofNullable(this.registry);
	}

	Optional<RepositoryName> repository() {
		return Optional.ofNullable(this.repository);
	}

	Provenance from() {
		return this.from;
	}

	Origin origin() {
		return this.origin;
	}

	Optional<Throwable> cause() {
		return Optional.ofNullable(this.cause);
	}

	boolean isAbandoned() {
		return this.abandoned;
	}

	long bytes() {
		return this.bytes.sum();
	}

	long millisToFirstByte() {
		return this.firstByte;
	}

	long millis() {
		return (System.nanoTime() - this.start) / 1_000_000;
	}

}
