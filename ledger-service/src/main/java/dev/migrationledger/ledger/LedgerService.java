package dev.migrationledger.ledger;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** {@code java -jar ledger-service.jar}. */
@SpringBootApplication
public class LedgerService {

    public static void main(String[] args) {
        SpringApplication.run(LedgerService.class, args);
    }
}
