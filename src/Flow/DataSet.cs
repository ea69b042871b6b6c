namespace Pipeline.Flow;

/// <summary>Second stage: the files of a data set → its samples, decoded.</summary>
internal static class DataSet
{
    /// <summary>The stage of a data set.</summary>
    /// <param name="name">Its name, as studies give it.</param>
    /// <param name="context">Where it is, and the code that reads it.</param>
    public static Stage Of(string name, StageContext context)
    {
        var source = context.Library.Find(name);
        return new()
        {
            Name = "dataset",
            Slot = $"dataset {name}",
            Goal = Goal.Preprocess,
            Spec = source.Parameters,
            Inputs = [StageInput.Of(source, context.Library)],
            Code = _ => context.Code.Preprocess(source.Operations),
            StillToDo = "its data set is still to be read",
            Write = (_, target) => context.Library.Decode(name, source, target),
        };
    }
}
