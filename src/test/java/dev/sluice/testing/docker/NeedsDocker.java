package dev.sluice.testing.docker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * Marks an {@code XxxIT} that starts containers. Fields marked
 * {@link org.testcontainers.junit.jupiter.Container @Container} are started and stopped
 * for it. Without a Docker engine the class is skipped, and the console and the report
 * say why.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(DockerAvailable.class)
@Testcontainers(disabledWithoutDocker = true)
public @interface NeedsDocker {

}
