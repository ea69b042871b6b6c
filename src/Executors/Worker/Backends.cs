using Pipeline.Artifacts;
using Pipeline.Networks;

namespace Pipeline.Worker;

/// <summary>The backends that this build of the worker has.</summary>
internal static class Backends
{
    /// <summary>A backend on a device.</summary>
    /// <exception cref="PipelineException">There is no such backend in this build, or it can't compute here.</exception>
    public static Backend Of(string name, string device)
    {
#if TORCH
        if (name == "torch")
        {
            try
            {
                return Stages.Train.Torch.TorchBackend.On(device);
            }
            catch (Stages.Train.Torch.TorchException e)
            {
                throw new PipelineException(e.Message, e);
            }
        }
#endif
        return name == Backend.Managed.Name && device == "cpu"
            ? Backend.Managed
            : throw new PipelineException(
                $"This worker has no backend {name} on {device}: build it with that backend."
            );
    }
}
