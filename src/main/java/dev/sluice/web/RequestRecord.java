package dev.sluice.web;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

import dev.sluice.oci.RegistryName;
import dev.sluice.oci.RegistryRequest;
import dev.sluice.oci.RepositoryName;
import dev.sluice.pull.Via;
import dev.sluice.route.Target;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * What is noted of one request while it is served, for its log line and the meters.
 * Written by the request's own signals, read when it is over.
 */
final class RequestRecord {

	private static final String ATTRIBUTE = RequestRecord.class.getName();

	private final long start = System.nanoTime();

	private final LongAdder bytes = new LongAdder();

	private volatile String operation = "other";

	private volatile @Nullable RegistryName registry;

	private volatile @Nullable RepositoryName repository;

	private volatile Via via = Via.NOWHERE;

	private volatile @Nullable Throwable cause;

	private volatile long firstByte = -1;

	private volatile boolean abandoned;

	/**
	 * The record of an exchange, made when it is first wanted.
	 * @param exchange the exchange
	 * @return its record
	 */
	static RequestRecord of(ServerWebExchange exchange) {
		return (RequestRecord) exchange.getAttributes().computeIfAbsent(ATTRIBUTE, (name) -> new RequestRecord());
	}

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

	void via(Via via) {
		this.via = via;
	}

	/** The first cause counts, those that follow from it don't. */
	void cause(Throwable cause) {
		if (this.cause == null) {
			this.cause = cause;
		}
	}

	void committed() {
		this.firstByte = millis();
	}

	/** The client went before it had the whole body. */
	void abandoned() {
		this.abandoned = true;
	}

	void sent(int count) {
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

	Via via() {
		return this.via;
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
