using System.Runtime.InteropServices;
using Pipeline.Networks;
using Pipeline.Networks.Descriptions;
using static TorchSharp.torch;

namespace Pipeline.Stages.Train.Torch;

/// <summary>
/// The tensors of a network on a device. All trained ones are parts of one flat tensor, and their gradients of
/// a second one of the same layout, so that an optimizer needs a handful of operations a step; running
/// statistics are tensors of their own.
/// </summary>
internal sealed class TorchWeights : IDisposable
{
    private readonly IReadOnlyList<TensorDescription> descriptions;
    private readonly Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);
    private readonly List<Tensor> owned = [];

    /// <summary>Copies a network's tensors to a device.</summary>
    /// <exception cref="ArgumentException">The initial tensors are not the described ones.</exception>
    public TorchWeights(
        IReadOnlyList<TensorDescription> descriptions,
        IReadOnlyList<NamedTensor> initial,
        Device device
    )
    {
        this.descriptions = descriptions;
        Check(descriptions, initial);
        Trained = Owned(zeros(descriptions.Where(t => t.IsTrained).Sum(t => (long)t.Length), device: device));
        Gradients = Owned(Trained.zeros_like());
        foreach (var (description, values) in descriptions.Zip(initial))
        {
            var copy = tensor(values.Values, [.. description.Shape.Select(length => (long)length)], device: device);
            if (!description.IsTrained)
            {
                tensors[description.Name] = Owned(copy);
                continue;
            }
            var leaf = Owned(Part(Trained, description.Name).copy_(copy).detach().requires_grad_());
            // A gradient that is there is added to, in its place.
            leaf.grad = Owned(Part(Gradients, description.Name));
            tensors[description.Name] = leaf;
        }
    }

    /// <summary>All trained tensors, one behind the other in the order of the description.</summary>
    public Tensor Trained { get; }

    /// <summary>The gradients of all trained tensors, in the same places. A backward pass adds to them.</summary>
    public Tensor Gradients { get; }

    /// <summary>A tensor, or null when the network has none of that name.</summary>
    public Tensor? Find(string name) => tensors.GetValueOrDefault(name);

    /// <summary>A trained tensor's part of a piece laid out as <see cref="Trained"/>, such as optimizers keep: no copy.</summary>
    public Tensor Part(Tensor piece, string name)
    {
        var at = 0L;
        foreach (var description in descriptions.TakeWhile(description => description.Name != name))
            at += description.IsTrained ? description.Length : 0;
        var found = descriptions.Single(description => description.Name == name);
        var part = piece.narrow(0, at, found.Length);
        // Kernels with channels last, which convolutions are faster with; what flows through them follows their weights.
        return found.Shape is [var outputs, var inputs, var height, var width]
            ? part.view(outputs, height, width, inputs).permute(0, 3, 1, 2)
            : part.view([.. found.Shape.Select(length => (long)length)]);
    }

    /// <summary>A copy of all tensors, as described.</summary>
    public IReadOnlyList<NamedTensor> Copy()
    {
        using var scope = NewDisposeScope();
        return [.. descriptions.Select(description => Copy(description, tensors[description.Name]))];
    }

    /// <summary>A copy of a piece laid out as <see cref="Trained"/>, as the trained tensors are described.</summary>
    public IReadOnlyList<NamedTensor> CopyTrained(Tensor piece)
    {
        using var scope = NewDisposeScope();
        return
        [
            .. descriptions
                .Where(description => description.IsTrained)
                .Select(description => Copy(description, Part(piece, description.Name))),
        ];
    }

    /// <summary>Puts all tensors back, as <see cref="Copy()"/> gave them.</summary>
    /// <exception cref="ArgumentException">The tensors are not the described ones.</exception>
    public void Restore(IReadOnlyList<NamedTensor> copies)
    {
        Check(descriptions, copies);
        foreach (var (description, copy) in descriptions.Zip(copies))
            Fill(tensors[description.Name].detach(), copy);
    }

    /// <summary>Fills a piece laid out as <see cref="Trained"/> with what <see cref="CopyTrained"/> gave.</summary>
    /// <exception cref="ArgumentException">The tensors are not the trained ones.</exception>
    public void FillTrained(Tensor piece, IReadOnlyList<NamedTensor> copies)
    {
        TensorDescription[] trained = [.. descriptions.Where(description => description.IsTrained)];
        Check(trained, copies);
        foreach (var (description, copy) in trained.Zip(copies))
            Fill(Part(piece, description.Name), copy);
    }

    public void Dispose() => owned.ForEach(tensor => tensor.Dispose());

    private static NamedTensor Copy(TensorDescription description, Tensor values) =>
        new(
            description.Name,
            description.Shape,
            MemoryMarshal.Cast<byte, float>(values.detach().cpu().contiguous().bytes).ToArray()
        );

    private static void Fill(Tensor target, NamedTensor copy)
    {
        using var scope = NewDisposeScope();
        target.copy_(tensor(copy.Values, [.. copy.Shape.Select(length => (long)length)]));
    }

    private Tensor Owned(Tensor tensor)
    {
        owned.Add(tensor.DetachFromDisposeScope());
        return tensor;
    }

    private static void Check(IReadOnlyList<TensorDescription> descriptions, IReadOnlyList<NamedTensor> initial)
    {
        if (initial.Count != descriptions.Count)
            throw new ArgumentException(
                $"The network has {descriptions.Count} tensors, but {initial.Count} were given.",
                nameof(initial)
            );
        for (var i = 0; i < initial.Count; i++)
        {
            var (tensor, given) = (descriptions[i], initial[i]);
            if (
                given.Name != tensor.Name
                || !given.Shape.SequenceEqual(tensor.Shape)
                || given.Values.Length != tensor.Length
            )
            {
                throw new ArgumentException(
                    $"Tensor {i} is {tensor.Name} of shape [{string.Join(", ", tensor.Shape)}], but {given.Name} of shape "
                        + $"[{string.Join(", ", given.Shape)}] with {given.Values.Length} values was given.",
                    nameof(initial)
                );
            }
        }
    }
}
