// TorchSharp's numbers for native calls may be finalized while the call runs, where another thread makes the collector run
// meanwhile: a process trains one network at a time, as the worker does.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
