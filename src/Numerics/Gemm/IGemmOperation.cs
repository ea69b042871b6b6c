namespace Pipeline.Numerics;

/// <summary>What is computed by the micro-kernel with its operands, before it is known with which registers.</summary>
/// <typeparam name="T">The numbers: float or double.</typeparam>
internal interface IGemmOperation<T>
    where T : unmanaged
{
    /// <summary>Computes it with these registers.</summary>
    /// <typeparam name="TLanes">What can be done with a register.</typeparam>
    /// <typeparam name="TVector">The register.</typeparam>
    void Run<TLanes, TVector>()
        where TLanes : struct, ILanes<T, TVector>
        where TVector : unmanaged;
}
