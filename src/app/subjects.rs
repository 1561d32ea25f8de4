//! What each chapter is about in plain words, with the names that people search for. The titles keep their charm; this
//! stands beside them in the gallery, and the search looks through it.

/// The subject of the chapter with this number; empty for a number that has none.
pub fn subject(number: u32) -> &'static str {
    SUBJECTS.iter().find(|(one, _)| *one == number).map_or("", |(_, subject)| subject)
}

const SUBJECTS: &[(u32, &str)] = &[
    (1, "Timeouts, failure detectors, slow or crashed node"),
    (2, "Leader election, quorum, Raft term, PreVote, CheckQuorum"),
    (3, "Heartbeats, one-way partition, gray failure, CheckQuorum"),
    (4, "Zombie leader, log epoch, failover, HBase"),
    (5, "Two generals, unreliable network, acknowledgements"),
    (6, "Lock without expiry, dead holder, TTL, Redis, Consul"),
    (7, "GC pause, expired lease, stale write, Redis SETNX lock"),
    (8, "Lock and data in one store, compare-and-set, database"),
    (9, "Checking the lease before writing, GC pause, time of check"),
    (10, "Delayed packet, network delay, late write after the client died"),
    (11, "Clock drift, clock rate, Kubernetes leader election, skew"),
    (12, "Clock jump, NTP, wall clock against monotonic clock, Redis expiry"),
    (13, "Lost reply, retry, idempotence, ZooKeeper, etcd"),
    (14, "Release of somebody else’s lock, Redis DEL, compare-and-delete"),
    (15, "Grace period, Consul lock-delay, longer TTL"),
    (16, "Fencing token, etcd revision, ZooKeeper zxid, Kafka epoch"),
    (17, "Fencing window, token granted and not yet seen, etcd, ZooKeeper"),
    (18, "Lost update, read-modify-write, compare-and-set, optimistic locking"),
    (19, "Fencing off by one, strict comparison, second write refused"),
    (20, "Message order, duplicates, idempotent producer, Kafka, sequence numbers"),
    (21, "Random lock value, UUID as a token, equality check, etcd, Redlock"),
    (22, "Race in the storage, check-then-act, TOCTOU, atomicity"),
    (23, "Fence kept in memory, storage restart, durability"),
    (24, "Two stores under one lock, S3 and a database, fence at each"),
    (25, "Asking the lock service before writing, stale answer, cache"),
    (26, "Forged token, malicious client, signed token, authentication"),
    (27, "Lock service restart, token reused, Redis persistence, fsync, failover"),
    (28, "Split brain, network partition, CAP, majority, etcd, Raft"),
    (29, "Redlock, Redis, restart without fsync, quorum of independent nodes"),
    (30, "Replicated register, stale read, read repair, Cassandra, quorum reads"),
    (31, "Unique name, registration, eventual consistency, consensus"),
    (32, "Split brain of two nodes, STONITH, active-passive failover, GitHub"),
    (33, "Stale leader, split brain, acknowledged write lost, MongoDB, Raft"),
    (34, "Leader lease, lease read, clock drift, etcd, Raft"),
    (35, "Vote kept in memory, Raft term, fsync, two leaders in one term"),
    (36, "Partial partition, leader flapping, Raft, etcd, Cloudflare outage"),
    (37, "PreVote, CheckQuorum, Raft liveness, no leader elected"),
    (38, "Synchronous, partially synchronous and asynchronous models, FLP"),
    (39, "Byzantine generals, traitor, signatures, 3m + 1"),
    (40, "Byzantine node, lying replica, Raft, PBFT, 3f + 1"),
    (41, "A leader for each partition of the data, Kafka, sharding"),
    (42, "Partition from the lock service only, stale write, storage still reachable"),
    (43, "Lock renewal, watchdog, keep-alive thread, Redisson, GC pause"),
    (44, "Deadlock of two locks, lock order, lease as a way out"),
    (45, "Split vote, duelling candidates, randomised election timeouts, Raft"),
    (46, "Thundering herd, retry without jitter, backoff, Redlock, Redis"),
    (47, "Replaced disk, member rejoins with no data, etcd, quorum, data loss"),
    (48, "Paid twice, idempotency key, Stripe, exactly once, side effects"),
    (49, "Lease extended at each failover, leader changes, etcd lease"),
    (50, "Linearizable against sequential consistency, stale read"),
    (51, "Slow leader, gray failure, limping network card"),
    (52, "Clock drift over a day, NTP, Spanner, long leases"),
    (53, "Fencing window, announcing a token, late write"),
];

#[cfg(test)]
mod tests {
    use fencepost_scenario::gallery;

    use super::*;

    #[test]
    fn every_chapter_has_its_subject() {
        let without: Vec<u32> =
            gallery::all().iter().map(|one| one.number).filter(|one| subject(*one).is_empty()).collect();
        assert_eq!(without, [0; 0], "chapters without a subject");
        assert!(SUBJECTS.is_sorted_by(|one, next| one.0 < next.0), "each has one");
        assert!(SUBJECTS.iter().all(|(_, subject)| subject.len() < 90 && !subject.ends_with('.')));
    }
}
