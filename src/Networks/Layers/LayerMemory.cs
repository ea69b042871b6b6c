using Pipeline.Numerics;

namespace Pipeline.Networks.Layers;

/// <summary>What the layers of a network share while it is built and run.</summary>
/// <param name="Tensors">Where their tensors stand.</param>
/// <param name="LargestBatch">The largest number of rows.</param>
/// <param name="Seed">The seed of random layers.</param>
internal sealed record LayerMemory(NetworkTensors Tensors, int LargestBatch, ulong Seed)
{
    private uint dropouts;

    /// <summary>In what the layers' outputs and gradients are kept.</summary>
    public Storage Storage { get; init; }

    /// <summary>
    /// The numbers that a piece of a batch may hold between layers that it goes through: half a megabyte, as much as
    /// fits into most second-level caches.
    /// </summary>
    public int PieceLength { get; init; } = 128 << 10;

    /// <summary>Who looks at the layers on the way back; null most of the time.</summary>
    public LayerObserver? Observer { get; set; }

    /// <summary>Who looks at the layers in inference, and may change what comes out; null most of the time.</summary>
    public LayerEditor? Editor { get; set; }

    /// <summary>Where products pack their operands.</summary>
    public GemmWorkspace Workspace { get; } = new();

    /// <summary>The number of a new dropout layer, which keeps its random numbers apart from those of others.</summary>
    public uint NextDropout() => dropouts++;
}
