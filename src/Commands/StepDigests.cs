using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pipeline.Stages.Train;

namespace Pipeline.Commands;

/// <summary>Notes what a run's tensors are after each step, as eight bytes of their digests.</summary>
internal sealed class StepDigests : IRunWatch
{
    private readonly List<(int Epoch, int Step, ulong[] Digests)> steps = [];
    private string[] names = [];

    /// <inheritdoc/>
    public void AfterStep(IRunInTraining run)
    {
        var tensors = run.Tensors();
        names = [.. tensors.Select(tensor => tensor.Name)];
        steps.Add((run.Epoch + 1, run.Step, [.. tensors.Select(tensor => Digest(tensor.Values))]));
    }

    /// <inheritdoc/>
    public void Interrupted(IRunInTraining run) { }

    /// <summary>The first step and tensor in which another training of the same run differs; null where none does.</summary>
    public string? FirstOther(StepDigests other)
    {
        foreach (var (one, two) in steps.Zip(other.steps))
        {
            if (one.Digests.AsSpan().CommonPrefixLength(two.Digests) is var same && same < names.Length)
                return $"epoch {one.Epoch}, step {one.Step}, tensor {names[same]}";
        }
        return null;
    }

    private static ulong Digest(float[] values) =>
        BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes<float>(values)));
}
