using Pipeline.Artifacts;
using Pipeline.Networks;

namespace Pipeline.Stages.Train;

/// <summary>Runs a network on rows of prepared data in inference mode, batch by batch.</summary>
internal sealed class Evaluation
{
    // Part of the result: the losses of an evaluation are summed batch by batch.
    private const int BatchRows = 256;

    private readonly RunSettings settings;
    private readonly PreparedData data;
    private readonly float[] inputs;
    private readonly int[] labels;

    /// <summary>An evaluation with room for one batch, which serves training steps as well.</summary>
    public Evaluation(RunSettings settings, PreparedData data)
    {
        (this.settings, this.data) = (settings, data);
        LargestBatch = settings.Network.InfersByBatch
            ? (2 * settings.BatchSize) - 1
            : Math.Max(settings.BatchSize, BatchRows);
        inputs = new float[LargestBatch * data.Header.Features];
        labels = new int[LargestBatch];
    }

    /// <summary>The rows of the largest batch, of training and evaluation.</summary>
    public int LargestBatch { get; }

    /// <summary>Mean loss and share of correct rows.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public (double Loss, double Accuracy) Of(
        ITrainableNetwork network,
        ReadOnlySpan<int> rows,
        CancellationToken cancellation
    )
    {
        var (loss, correct) = (0.0, 0);
        for (var (i, end) = (0, EndOfBatch(0, rows.Length)); i < end; (i, end) = (end, EndOfBatch(end, rows.Length)))
        {
            cancellation.ThrowIfCancellationRequested();
            var batch = Gather(rows[i..end]);
            var result = network.Evaluate(batch.Inputs, batch.Labels);
            loss += result.LossSum;
            correct += result.Correct;
        }
        return (loss / rows.Length, (double)correct / rows.Length);
    }

    /// <summary>The logits [rows, classes] and the labels [rows].</summary>
    public (float[] Logits, int[] Labels) Predict(ITrainableNetwork network, ReadOnlySpan<int> rows)
    {
        var classes = data.Header.Classes;
        var (logits, rowLabels) = (new float[rows.Length * classes], new int[rows.Length]);
        for (var (i, end) = (0, EndOfBatch(0, rows.Length)); i < end; (i, end) = (end, EndOfBatch(end, rows.Length)))
        {
            var batch = Gather(rows[i..end]);
            network.Logits(batch.Inputs, logits.AsSpan(i * classes, batch.Labels.Length * classes));
            batch.Labels.CopyTo(rowLabels.AsSpan(i));
        }
        return (logits, rowLabels);
    }

    /// <summary>
    /// The end of the batch of an evaluation that begins at a row. Where its statistics matter it has as many rows as a step's, and an
    /// incomplete last one joins the one before it.
    /// </summary>
    public int EndOfBatch(int start, int rows) =>
        !settings.Network.InfersByBatch ? Math.Min(start + BatchRows, rows)
        : rows - start < 2 * settings.BatchSize ? rows
        : start + settings.BatchSize;

    /// <summary>Rows as a batch, at most <see cref="LargestBatch"/>; it is overwritten by the next one.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="next">Those of the next batch, which the processor fetches meanwhile.</param>
    public Batch Gather(ReadOnlySpan<int> rows, ReadOnlySpan<int> next = default)
    {
        var batch = new Batch(inputs.AsSpan(0, rows.Length * data.Header.Features), labels.AsSpan(0, rows.Length));
        RowReader.Gather(data, rows, batch.Inputs, batch.Labels, next);
        return batch;
    }

    /// <summary>Inputs [rows, features] and labels [rows].</summary>
    internal readonly ref struct Batch(Span<float> inputs, Span<int> labels)
    {
        public Span<float> Inputs { get; } = inputs;

        public Span<int> Labels { get; } = labels;
    }
}
