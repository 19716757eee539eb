package dev.sluice.testing.jvm;

import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import reactor.blockhound.BlockHound;

/**
 * Readies the JVM before JUnit loads the first test, because Netty makes its leak
 * detectors when its classes load and BlockHound must see Reactor's schedulers start.
 */
public final class TestJvmSetup implements LauncherSessionListener {

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ListeningLeakDetectorFactory());
		BlockHound.install();
	}

}
