using Pipeline.Artifacts;
using Pipeline.Commands;
using Pipeline.Flow;
using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Export;

/// <summary>Exports the network of a run. The cache has no weights, so the run is trained again, which gives the same bits.</summary>
public sealed class ExportCommand(Session session)
{
    /// <summary>Writes a run's trained network, what it makes of the test split, and a PyTorch module for it to a folder.</summary>
    /// <param name="id">The run's id, or the beginning of just one run's.</param>
    /// <param name="folder">The folder: a new or empty one, or that of an earlier export, which is replaced.</param>
    /// <param name="isFolded">
    /// Whether batch normalizations are folded into the layers before them; the logits stay those
    /// of the network as trained.
    /// </param>
    /// <exception cref="PipelineException">
    /// No study has such a run, or several have; the run diverged or fails; the cache's record of it says
    /// otherwise; there is nothing to fold, or folding moves the logits by more than
    /// <see cref="FoldedNetwork.Tolerance"/>; the folder can't be written.
    /// </exception>
    public void Run(string id, string folder, bool isFolded)
    {
        ExportFolder.RequireOurs(folder);
        var (flow, run) = new RunSearch(session).Find(id, Mode.Run)[0];
        var recorded = flow.LookUp(run);
        RequireCompleted(run, recorded.Result);
        session.Output.WriteLine($"export: training run {run.Id} of {flow.Plan.Study}");
        var (result, network) = TrainAgain(flow, recorded);
        RequireSame(run, recorded.Result, result);
        RequireCompleted(run, result);
        var changed = ExportFolder.Install(folder, Files(run, result, network!, Preprocessing(flow, run), isFolded));
        var shown = Studies.Shown(session.Options.CallerDirectory, folder);
        session.Output.WriteLine(
            changed.Count == 0 ? $"export: {shown} is up to date" : $"export: {shown}: {changed.Count} files"
        );
    }

    private (RunResult Result, TrainedNetwork? Network) TrainAgain(StudyFlow flow, StudyRun run)
    {
        if (ParameterUse.BackendOf(run.Run.Spec) is var backend && backend != Backend.Managed.Name)
            throw new PipelineException(
                $"Run {run.Run.Id} was trained by the backend {backend}, whose networks can't be exported: export the run with backend managed."
            );
        if (ParameterUse.StorageOf(run.Run.Spec) is var storage && storage != ParameterUse.FullStorage)
            throw new PipelineException(
                $"Run {run.Run.Id} keeps its numbers in {storage}, which an exported network doesn't: "
                    + $"export the run with storage {ParameterUse.FullStorage}."
            );
        try
        {
            using var data = PreparedData.Open(flow.Evaluator.PathOf(run.Data!));
            return Trainer.RunWithNetwork(run.Stage.Parameters, data, Backend.Managed, session.Cancellation);
        }
        catch (OperationCanceledException e)
        {
            throw new PipelineException("Interrupted: nothing was exported.", e);
        }
        catch (Exception e) when (e is not PipelineException)
        {
            throw new PipelineException($"Run {run.Run.Id} failed: {e.Message}", e);
        }
    }

    private static ExportedPreprocessing Preprocessing(StudyFlow flow, PlannedRun run)
    {
        var decoded = flow.Evaluator.Digest(DataSet.Of(run.Spec.Text("dataset"), flow.Context))!;
        using var data = PreparedData.Open(flow.Evaluator.PathOf(decoded));
        return new(data, run.Spec);
    }

    private static void RequireCompleted(PlannedRun run, RunResult? result)
    {
        if (result?.Outcome == RunOutcome.Diverged)
        {
            throw new PipelineException(
                $"Run {run.Id} diverged at step {result.Steps} ({result.Reason}), "
                    + "so it has no trained network: choose a run that completed."
            );
        }
    }

    private static void RequireSame(PlannedRun run, RunResult? recorded, RunResult result)
    {
        if (recorded is not null && recorded.Weights != result.Weights)
        {
            throw new PipelineException(
                $"The cache entry and the code disagree about run {run.Id}: "
                    + $"the digest of its weights is {Short(recorded.Weights)} there, but training gave {Short(result.Weights)}; "
                    + "to replace the entry, run --target=Train with --force."
            );
        }

        static string Short(string? digest) => digest?[..12] ?? "none";
    }

    private static IReadOnlyDictionary<string, byte[]> Files(
        PlannedRun run,
        RunResult result,
        TrainedNetwork network,
        ExportedPreprocessing preprocessing,
        bool isFolded
    )
    {
        try
        {
            return ExportedFiles.Of(run, result, isFolded ? FoldedNetwork.Of(network) : network, preprocessing);
        }
        catch (NotSupportedException e)
        {
            throw new PipelineException($"Run {run.Id} can't be exported: {e.Message}", e);
        }
    }
}
