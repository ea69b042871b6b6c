using Pipeline.Artifacts;
using Pipeline.Flow;

namespace Pipeline.Verify;

/// <summary>Judges claims anew from the results that stand in their folder.</summary>
public sealed class VerifyCommand(Session session)
{
    /// <summary>
    /// Judges the claims of the studies by the runs that are recorded, without any stage, and compares the verdicts with those recorded,
    /// and all files of the results with the digests in their manifests.
    /// </summary>
    /// <exception cref="PipelineException">A verdict or a file is not as recorded, or a file is missing or damaged.</exception>
    public void Run()
    {
        var total = VerifyCounts.None;
        var (changes, edits) = (new List<string>(), new List<string>());
        foreach (var verification in session.Flows(Mode.Plan).Select(flow => new StudyVerification(flow, session)))
        {
            total += verification.Run(changes);
            edits.AddRange(verification.Edits());
        }
        foreach (var edit in edits)
            session.Output.WriteLine($"Warning: {edit}");
        session.Output.WriteLine(total);
        if (changes.Count > 0)
        {
            throw new PipelineException(
                $"{changes.Count} of {total.Claims} claims are not as recorded; the first: {changes[0]}: "
                    + "if that is meant, write the results again with --target=Report."
            );
        }
        if (edits.Count > 0)
        {
            throw new PipelineException(
                $"{(edits.Count == 1 ? "A file of the results is" : $"{edits.Count} files of the results are")} not as written; the first: {edits[0]}: "
                    + "get it back with git, or write the results again with --target=Report."
            );
        }
    }
}
