import fc from "fast-check";

/** Property tests draw the same cases in every run; a failure is then a failure for everyone. */
fc.configureGlobal({ seed: 1927 });
