using Pipeline.Networks.Descriptions;

namespace Pipeline.Networks.Layers;

/// <summary>
/// The memory of a network's tensors: all trained ones in one piece, so that an optimizer updates them in one pass,
/// their gradients in a second piece of the same layout, the others in a third. Gaps between tensors, which keep each
/// aligned, hold zeros and stay so. Weights lie here with the outputs last, [inputs, outputs] or
/// [height, width, channels in, channels out], as products want them. In another format than float32 layers read a rounded copy
/// of the trained ones.
/// </summary>
internal sealed class NetworkTensors
{
    private readonly TensorDescription[] descriptions;
    private readonly Storage storage;
    private readonly FloatBuffer stored;
    private readonly Dictionary<string, FloatBuffer> masters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FloatBuffer> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FloatBuffer> gradients = new(StringComparer.Ordinal);

    /// <summary>Makes room for tensors and fills it.</summary>
    /// <exception cref="ArgumentException">The initial tensors are not the described ones.</exception>
    public NetworkTensors(
        IReadOnlyList<TensorDescription> descriptions,
        IReadOnlyList<NamedTensor> initial,
        Storage storage = Storage.Float32
    )
    {
        this.storage = storage;
        this.descriptions = [.. descriptions];
        Trained = new(RoomFor(isTrained: true));
        Gradients = new(Trained.Length);
        stored = storage == Storage.Float32 ? Trained : new(Trained.Length);
        var tracked = new FloatBuffer(RoomFor(isTrained: false));
        Check(this.descriptions, initial);
        var (trainedOffset, trackedOffset) = (0, 0);
        for (var i = 0; i < initial.Count; i++)
        {
            var tensor = descriptions[i];
            if (tensor.IsTrained)
            {
                masters[tensor.Name] = Trained.Slice(trainedOffset, tensor.Length);
                values[tensor.Name] = stored.Slice(trainedOffset, tensor.Length);
                gradients[tensor.Name] = Gradients.Slice(trainedOffset, tensor.Length);
                trainedOffset += FloatBuffer.Aligned(tensor.Length);
            }
            else
            {
                values[tensor.Name] = masters[tensor.Name] = tracked.Slice(trackedOffset, tensor.Length);
                trackedOffset += FloatBuffer.Aligned(tensor.Length);
            }
            Layout.OutputsLast(tensor, initial[i].Values, masters[tensor.Name].Span);
        }
        Store();
    }

    /// <summary>
    /// How much of <see cref="Trained"/> belongs to a number of first layers: all before the next layer's weights, gaps included.
    /// </summary>
    public int LengthOf(int firstLayers)
    {
        var length = 0;
        foreach (var tensor in descriptions.Where(tensor => tensor.IsTrained))
        {
            if (tensor.Role is TensorRole.Weight && firstLayers-- == 0)
                return length;
            length += FloatBuffer.Aligned(tensor.Length);
        }
        return length;
    }

    /// <summary>All trained tensors.</summary>
    public FloatBuffer Trained { get; }

    /// <summary>The gradients of all trained tensors, in the same places.</summary>
    public FloatBuffer Gradients { get; }

    /// <summary>Shows layers what has become of the trained tensors, as the storage keeps it; does nothing in float32.</summary>
    public void Store() => storage.Round(Trained.Span, stored.Span);

    /// <summary>A tensor's values as layers read them; empty when the network has no such tensor.</summary>
    public FloatBuffer Values(string name) => values.GetValueOrDefault(name);

    /// <summary>A trained tensor's gradient; empty when the network has no such tensor.</summary>
    public FloatBuffer Gradient(string name) => gradients.GetValueOrDefault(name);

    /// <summary>A copy of all tensors, as described.</summary>
    public IReadOnlyList<NamedTensor> Copy() =>
        Array.ConvertAll(descriptions, tensor => Copy(tensor, masters[tensor.Name]));

    /// <summary>A copy of the gradients of all trained tensors, as these are described.</summary>
    public IReadOnlyList<NamedTensor> CopyGradients() => CopyTrained(Gradients);

    /// <summary>
    /// A copy of a piece laid out as <see cref="Trained"/>, such as optimizers keep, as the trained
    /// tensors are described.
    /// </summary>
    /// <param name="piece">The piece.</param>
    /// <param name="skipped">How much of the beginning of <see cref="Trained"/> it has no part for, see <see cref="LengthOf"/>.</param>
    public IReadOnlyList<NamedTensor> CopyTrained(FloatBuffer piece, int skipped = 0)
    {
        var copies = new List<NamedTensor>();
        foreach (var (tensor, offset) in TrainedFrom(skipped))
            copies.Add(Copy(tensor, piece.Slice(offset, tensor.Length)));
        return copies;
    }

    /// <summary>
    /// Puts all tensors back, as <see cref="Copy()"/> gave them; gradients and gaps are 0 again,
    /// whatever came into them.
    /// </summary>
    /// <exception cref="ArgumentException">The tensors are not the described ones.</exception>
    public void Restore(IReadOnlyList<NamedTensor> copies)
    {
        Check(descriptions, copies);
        Trained.Span.Clear();
        Gradients.Span.Clear();
        foreach (var (tensor, copy) in descriptions.Zip(copies))
            Layout.OutputsLast(tensor, copy.Values, masters[tensor.Name].Span);
        Store();
    }

    /// <summary>Fills a piece laid out as <see cref="Trained"/>, whose gaps are 0, with what <see cref="CopyTrained"/> gave.</summary>
    /// <exception cref="ArgumentException">The tensors are not the trained ones.</exception>
    /// <inheritdoc cref="CopyTrained"/>
    public void FillTrained(FloatBuffer piece, IReadOnlyList<NamedTensor> copies, int skipped = 0)
    {
        var trained = TrainedFrom(skipped).ToArray();
        Check(Array.ConvertAll(trained, part => part.Tensor), copies);
        foreach (var ((tensor, offset), copy) in trained.Zip(copies))
            Layout.OutputsLast(tensor, copy.Values, piece.Slice(offset, tensor.Length).Span);
    }

    /// <summary>The trained tensors, and where in a piece each lies that has no part for the first ones.</summary>
    private IEnumerable<(TensorDescription Tensor, int Offset)> TrainedFrom(int skipped)
    {
        var offset = -skipped;
        foreach (var tensor in descriptions.Where(tensor => tensor.IsTrained))
        {
            if (offset >= 0)
                yield return (tensor, offset);
            offset += FloatBuffer.Aligned(tensor.Length);
        }
    }

    private static void Check(TensorDescription[] descriptions, IReadOnlyList<NamedTensor> given)
    {
        if (given.Count != descriptions.Length)
            throw new ArgumentException(
                $"The network has {descriptions.Length} tensors, but {given.Count} were given.",
                nameof(given)
            );
        foreach (var (i, (tensor, values)) in descriptions.Zip(given).Index())
        {
            if (
                values.Name != tensor.Name
                || !values.Shape.SequenceEqual(tensor.Shape)
                || values.Values.Length != tensor.Length
            )
            {
                throw new ArgumentException(
                    $"Tensor {i} is {tensor.Name} of shape {Text(tensor.Shape)}, but {values.Name} of shape {Text(values.Shape)} "
                        + $"with {values.Values.Length} values was given.",
                    nameof(given)
                );
            }
        }
    }

    private static NamedTensor Copy(TensorDescription tensor, FloatBuffer buffer)
    {
        var copy = new float[tensor.Length];
        Layout.OutputsFirst(tensor, buffer.Span, copy);
        return new(tensor.Name, tensor.Shape, copy);
    }

    private int RoomFor(bool isTrained) =>
        descriptions.Where(t => t.IsTrained == isTrained).Sum(t => FloatBuffer.Aligned(t.Length));

    private static string Text(IReadOnlyList<int> shape) => $"[{string.Join(", ", shape)}]";
}
