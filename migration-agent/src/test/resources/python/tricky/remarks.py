

   
# only remarks
